/** What residents hold in their hand and what officers have on their desk, in CSS pixels. */
export const screens = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } } as const

/** A size of `screens`. */
export type Screen = keyof typeof screens
