import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { pointerOf } from '../../../flow/pointers.js';
import { useDraft } from '../draft/draft-context.js';

const Problems = createContext<ReadonlyMap<string, string>>(new Map());

/** What the server found wrong with one step, by JSON pointer within it. */
export function ProblemsProvider({ step, children }: { step: string; children: ReactNode }) {
  const problems = useDraft((state) => state.problems);
  const pointer = useDraft(({ draft }) => pointerOf(draft, step));
  const own = useMemo(() => {
    const here = problems.filter(
      ({ path }) => pointer !== null && (path === pointer || path.startsWith(`${pointer}/`)),
    );
    return new Map(here.map(({ path, message }) => [path.slice(pointer!.length), message]));
  }, [problems, pointer]);
  return <Problems value={own}>{children}</Problems>;
}

/** The problem of one place; with `below` also of what lies in it. */
export function useProblem(path: string, below = false): string | undefined {
  const problems = useContext(Problems);
  const exact = problems.get(path);
  if (exact !== undefined || !below) return exact;
  for (const [at, message] of problems) if (at.startsWith(`${path}/`)) return message;
  return undefined;
}

export const useProblems = (): ReadonlyMap<string, string> => useContext(Problems);
