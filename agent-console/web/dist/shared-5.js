var e={holds:()=>!1,unkept:()=>!1,mayLeave:async()=>!0,forget:()=>{}};export{e as a};
