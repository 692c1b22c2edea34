// Lists, regions and days of staff pages, by a pointer.

process.env.TONGBAN_JOURNEYS_HAND = 'pointer'
await import('../revisions.test.ts')

export {}
