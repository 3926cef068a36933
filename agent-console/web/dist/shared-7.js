var e={holds:()=>!1,unkept:()=>!1,changed:()=>{},mayLeave:async()=>!0,forget:()=>{}};export{e as a};
