import { createStore, type StoreApi } from 'zustand/vanilla';

/** The field that insertions go to: the one that has the focus, or had it last. */
export interface InsertTarget {
  id: string;
  /** Its key, as the picker's header names it. */
  name: string;
  insert: (source: string) => void;
  focus: () => void;
}

export interface InsertState {
  target: InsertTarget | null;
  /** Stays open without a field. */
  pinned: boolean;
  setTarget: (target: InsertTarget | null) => void;
  setPinned: (pinned: boolean) => void;
}

export type InsertStore = StoreApi<InsertState>;

export const createInsertStore = (): InsertStore =>
  createStore<InsertState>()((set) => ({
    target: null,
    pinned: false,
    setTarget: (target) => set({ target }),
    setPinned: (pinned) => set({ pinned }),
  }));

export const PICKER_ID = 'insert-data';
