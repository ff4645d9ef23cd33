export default async function tearDown() {
  await globalThis.hooklineTestServer?.stop();
  globalThis.hooklineTestServer = undefined;
}
