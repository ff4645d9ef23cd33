import { createContext, useContext } from 'react';
import type { Place } from '../../../flow/steps.js';

/** Opens the step picker for a place. */
export const PickerContext = createContext<(place: Place) => void>(() => {});

export const usePicker = (): ((place: Place) => void) => useContext(PickerContext);
