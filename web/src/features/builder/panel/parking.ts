import { create } from 'zustand';
import type { Parked } from './change-action.js';

interface ParkingState {
  /** By `integration/step`. */
  parked: Record<string, Parked>;
  said: Record<string, string>;
  park: (place: string, parked: Parked, said: string) => void;
}

/** What the chosen action or body type has no place for. It waits as long as the page is open, and is said so. */
export const useParking = create<ParkingState>()((set) => ({
  parked: {},
  said: {},
  park: (place, parked, said) =>
    set((state) => ({ parked: { ...state.parked, [place]: parked }, said: { ...state.said, [place]: said } })),
}));

export const NOTHING_PARKED: Parked = {};
