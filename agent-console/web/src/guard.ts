// What must not be lost when the page closes, a session ends or somebody logs out. Whoever holds such a thing says so here, by its name: a
// person may have several screens, and each holds its own.
export interface Holding {
  holds: () => boolean;            // something typed is there
  unkept: () => boolean;           // and the server does not have it
  mayLeave: () => Promise<boolean>; // it is kept, or may be lost
  forget: () => void;              // somebody else sits here now: it goes from this page's memory
}

class Guard {
  changed = (): void => {}; // called when `unkept` answers otherwise than it did
  private readonly all = new Map<string, Holding>();

  set(name: string, holding: Holding): void {
    this.all.set(name, holding);
  }

  holds(): boolean {
    return [...this.all.values()].some((each) => each.holds());
  }

  unkept(): boolean {
    return [...this.all.values()].some((each) => each.unkept());
  }

  // One is asked after the other, until somebody wants to stay.
  async mayLeave(): Promise<boolean> {
    for (const each of this.all.values()) if (!(await each.mayLeave())) return false;
    return true;
  }

  forget(): void {
    for (const each of this.all.values()) each.forget();
  }
}

export const guard = new Guard();
