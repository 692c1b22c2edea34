/** What may be attached. */
export type MediaType = 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/webp'

/** The type that the first bytes of a file prove, whatever its name or its sender says; undefined for any other. */
export function findMediaType(start: Uint8Array): MediaType | undefined {
  const bytes = Buffer.from(start)
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  if (bytes.subarray(0, 8).toString('hex') === '89504e470d0a1a0a') return 'image/png'
  if (bytes.subarray(0, 3).toString('hex') === 'ffd8ff') return 'image/jpeg'
  const [container, form] = [bytes.subarray(0, 4).toString('latin1'), bytes.subarray(8, 12).toString('latin1')]
  return container === 'RIFF' && form === 'WEBP' ? 'image/webp' : undefined
}
