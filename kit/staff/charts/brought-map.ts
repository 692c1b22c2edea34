/** A map that somebody brought: its text as ECharts takes it, the codes of its provinces, and under which number it was approved. */
export type BroughtMap = { name: string; geoJson: string; codes: readonly string[]; approval: string }

/**
 * Reads a GeoJSON of provinces, each with its six-digit code as `adcode`; undefined where it is none. Only what is drawn is kept of it: shapes and
 * codes.
 */
export function readMap(text: string, approval: string): BroughtMap | undefined {
  const features = featuresOf(text).flatMap((feature) => {
    const [code, geometry] = [codeOf(feature), isRecord(feature) ? feature.geometry : undefined]
    return code !== undefined && isRecord(geometry) ? [{ code, geometry }] : []
  })
  if (features.length === 0) return undefined
  const geoJson = JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(({ code, geometry }) => ({ type: 'Feature', properties: { adcode: code }, geometry })),
  })
  return { name: `brought-${approval}`, geoJson, codes: features.map(({ code }) => code), approval }
}

function featuresOf(text: string): unknown[] {
  try {
    const read: unknown = JSON.parse(text)
    return isRecord(read) && Array.isArray(read.features) ? read.features : []
  } catch {
    return []
  }
}

function codeOf(feature: unknown): string | undefined {
  const properties = isRecord(feature) ? feature.properties : undefined
  const code = isRecord(properties) ? String(properties.adcode) : ''
  return /^\d{2}0000$/.test(code) ? code : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
