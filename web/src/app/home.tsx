import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'react-router';
import { useAnyGoodRun } from '../api/stats.js';

export const firstRun = async () => ({
  Component: (await import('../features/first-run/first-run-page.js')).FirstRunPage,
});
const FirstRunPage = lazy(async () => ({ default: (await firstRun()).Component }));
const OverviewPage = lazy(async () => ({
  default: (await import('../features/overview/overview-page.js')).OverviewPage,
}));

/** The guide until something ran well, the overview from then on. */
export function Home() {
  const { key } = useLocation();
  const good = useAnyGoodRun(false);
  const [guideAt, setGuideAt] = useState<string | null>(null);
  if (good.isPending) return null;
  const first = good.data === null;
  if (first && guideAt !== key) setGuideAt(key);
  // It does not give way under the reader's eyes, but the next time that somebody comes here.
  return <Suspense>{first || guideAt === key ? <FirstRunPage /> : <OverviewPage />}</Suspense>;
}
