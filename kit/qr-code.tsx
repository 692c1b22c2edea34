import { create } from 'qrcode'

/** A QR code as a picture that stays sharp at any size. `label` says what it is to who cannot see it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  const dark: string[] = []
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (modules.get(row, column)) dark.push(`M${column} ${row}h1v1h-1z`)
    }
  }
  return (
    <svg
      className="kit-qr"
      viewBox={`-2 -2 ${size + 4} ${size + 4}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x="-2" y="-2" width={size + 4} height={size + 4} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
