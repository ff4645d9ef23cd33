import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { reasonOf } from '../api/api-error.js';
import { beginSignIn, useReadConnection } from '../api/connections.js';
import type { Connection } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { hasNewTokens } from './connection-state.js';
import { onSignInEnd, openSignInWindow, leaveForSignIn, type SignInOutcome } from './sign-in-window.js';

export type SignInPhase =
  | { kind: 'idle' }
  /** `windowClosed`: the person closed it, or the provider cut the tie to it. */
  | { kind: 'waiting'; connection: Connection | null; windowClosed: boolean }
  | { kind: 'denied' | 'failed'; message: string };

const POLL_MS = 1_500;

/**
 * Signs in at a provider in a window of its own, and waits for it here: for its message, and, where no message can come
 * through, for new tokens at the connection.
 */
export function useSignIn(onConnected: (connection: Connection) => void) {
  const [phase, setPhase] = useState<SignInPhase>({ kind: 'idle' });
  const opened = useRef<Window | null>(null);
  const turn = useRef(0);
  const waitingTurn = useRef(-1);
  const read = useReadConnection();

  const end = async (connection: Connection, outcome: SignInOutcome) => {
    // The news comes in more than one way: the first counts.
    if (waitingTurn.current !== turn.current) return;
    turn.current += 1;
    const now = await read(connection.id).catch(() => connection);
    if (outcome === 'connected') {
      setPhase({ kind: 'idle' });
      announce(`${now.name} is connected`);
      onConnected(now);
      return;
    }
    const error = 'error' in now.auth ? now.auth.error?.message : undefined;
    setPhase({ kind: outcome, message: error ?? 'The window in which you signed in says why.' });
  };
  const cancel = () => {
    turn.current += 1;
    opened.current?.close();
    setPhase({ kind: 'idle' });
  };

  /**
   * To be called in the handler of a press: a browser blocks a window that opens later. `save` gives the connection that
   * is signed in with, or null where it was refused.
   */
  const start = async (save: () => Promise<Connection | null>) => {
    const mine = (turn.current += 1);
    opened.current = openSignInWindow();
    setPhase({ kind: 'waiting', connection: null, windowClosed: false });
    try {
      const connection = await save();
      if (mine !== turn.current) return;
      if (connection === null) return cancel();
      const address = await beginSignIn(connection.id);
      if (mine !== turn.current) return;
      if (opened.current === null) return leaveForSignIn(address, connection.id);
      opened.current.location.href = address;
      waitingTurn.current = mine;
      setPhase({ kind: 'waiting', connection, windowClosed: false });
    } catch (error) {
      cancel();
      setPhase({ kind: 'failed', message: reasonOf(error) });
    }
  };

  const waitsFor = phase.kind === 'waiting' ? phase.connection : null;
  const onEnd = useEffectEvent((id: string | null, outcome: SignInOutcome) => {
    if (waitsFor && (id === null || id === waitsFor.id)) void end(waitsFor, outcome);
  });
  const poll = useEffectEvent(async () => {
    if (!waitsFor) return;
    const mine = turn.current;
    if (opened.current?.closed) setPhase({ kind: 'waiting', connection: waitsFor, windowClosed: true });
    const now = await read(waitsFor.id).catch(() => null);
    if (mine === turn.current && now && hasNewTokens(waitsFor, now)) {
      opened.current?.close();
      void end(now, 'connected');
    }
  });
  useEffect(() => {
    if (waitsFor === null) return;
    const stop = onSignInEnd((id, outcome) => onEnd(id, outcome));
    const timer = setInterval(() => void poll(), POLL_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [waitsFor]);
  // Whoever leaves the page has stopped waiting.
  useEffect(() => () => void (turn.current += 1), []);

  return { phase, start, cancel };
}
