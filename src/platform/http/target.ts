/** Where a connection goes. */
export interface Target {
  origin: string;
  secure: boolean;
  /** As in the URL, IPv6 without brackets. */
  host: string;
  port: number;
}
