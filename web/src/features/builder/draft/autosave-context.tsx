import { createContext, useContext } from 'react';
import type { Autosave } from './autosave.js';

const none: Autosave = { flush: async () => true, adopt: () => {}, takeTheirs: () => {}, stop: () => {} };

export const AutosaveContext = createContext<Autosave>(none);
export const useAutosave = (): Autosave => useContext(AutosaveContext);
