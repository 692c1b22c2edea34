// A hospital and a claim, by a pointer.

process.env.TONGBAN_JOURNEYS_HAND = 'pointer'
await import('../journey-2.test.ts')

export {}
