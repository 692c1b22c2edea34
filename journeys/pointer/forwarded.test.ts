// A resident's questions, by a pointer.

process.env.TONGBAN_JOURNEYS_HAND = 'pointer'
await import('../forwarded.test.ts')

export {}
