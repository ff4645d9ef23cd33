/** Where a connection may be used, short enough for a line of a list. */
export function hostsText(hosts: string[]): string {
  if (hosts.length === 0) return 'Any host';
  const [first, ...rest] = hosts;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
