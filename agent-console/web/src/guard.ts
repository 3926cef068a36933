// What must not be lost when the page closes, a session ends or somebody logs out. A screen that holds such a thing says so here.
export const guard = {
  holds: (): boolean => false,   // something typed is on the screen
  unkept: (): boolean => false,  // and the server does not have it
  changed: (): void => {},       // called when the one before answers otherwise than it did
  // True: it is kept, or may be lost.
  mayLeave: async (): Promise<boolean> => true,
  // Somebody else sits here now: it goes from this page's memory.
  forget: (): void => {},
};
