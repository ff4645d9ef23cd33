// Runs before the first paint, so that a dark page never flashes white. The key is the one of app/providers.tsx.
(() => {
  let choice = 'auto';
  try {
    choice = localStorage.getItem('hookline.color-scheme') ?? 'auto';
  } catch {
    // Storage may be forbidden: then the system's choice holds.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
