// Imported first by everything that needs the program's own Node, so this file must parse on old ones.
const NEEDED = [22, 18];

/** Ends the process with one line where this Node is too old for the program. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  console.error(
    `Hookline needs Node ${NEEDED.join('.')} or newer and found ${process.version} (${process.execPath}). ` +
      'Either install Node 24, or run "npm ci" without omitting optional packages: on Linux it brings Node 24 along for every npm script.',
  );
  process.exit(1);
}
