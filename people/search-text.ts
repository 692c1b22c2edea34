/** The LIKE pattern of names that contain what somebody typed, taken literally. */
export function containing(text: string): string {
  return `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`
}

/** The LIKE pattern of the codes of a region and of everything in it: 320000 -> 32%, 320100 -> 3201%. */
export function withinRegion(region: string): string {
  return `${region.replace(/(00){1,2}$/, '')}%`
}
