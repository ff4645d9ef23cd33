import { createContext, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DraftState, DraftStore } from './draft-store.js';

const DraftContext = createContext<DraftStore | null>(null);

export function DraftProvider({ store, children }: { store: DraftStore; children: ReactNode }) {
  return <DraftContext value={store}>{children}</DraftContext>;
}

/** The store itself, for acting in handlers: `store.getState().edit(…)` renders nothing. */
export function useDraftStore(): DraftStore {
  const store = useContext(DraftContext);
  if (!store) throw new Error('Not inside a DraftProvider');
  return store;
}

/** A part of the draft's state. The selector must answer the same object for the same state: no fresh arrays. */
export const useDraft = <T,>(select: (state: DraftState) => T): T => useStore(useDraftStore(), select);
