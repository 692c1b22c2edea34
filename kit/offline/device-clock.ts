/** The device's own clock, as an ISO instant: for how old something kept here is, and for nothing that the node decides. */
export function deviceNow(): string {
  return new Date(Date.now()).toISOString()
}

/** The instant some hours before another. */
export function hoursBefore(instant: string, hours: number): string {
  return new Date(new Date(instant).getTime() - hours * 3_600_000).toISOString()
}
