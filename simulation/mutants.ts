import type { Mutant } from './play.ts'

/** Changes of the rooms that break a promise of theirs. Services give more of their own. */
export const roomMutants: readonly Mutant[] = [
  {
    name: 'copy-not-known',
    breaks: 'a message that comes twice is not known again',
    edits: [
      {
        file: 'exchange/taking.ts',
        find: `ON CONFLICT DO NOTHING RETURNING from_region`,
        put: `RETURNING from_region`,
      },
    ],
  },
  {
    name: 'taken-not-handled',
    breaks: 'a message is taken and nothing done',
    edits: [
      {
        file: 'exchange/taking.ts',
        find: 'failure: await handle(part, wire) })',
        put: 'failure: part && handle && undefined })',
      },
    ],
  },
  {
    name: 'silence-is-consent',
    breaks: 'no answer counts as taken',
    edits: [
      {
        file: 'exchange/delivery.ts',
        find: 'failure: error instanceof OperatingFailure ? error.code : String(error) }),',
        put: "receipt: error ? ('taken' as const) : ('refused' as const) }),",
      },
    ],
  },
  {
    name: 'sent-once',
    breaks: 'what was lost is not sent again',
    edits: [
      {
        file: 'exchange/delivery.ts',
        find: ".where('next_attempt_at', '<=', work.now)",
        put: ".where('next_attempt_at', '<=', work.now).where('attempts', '=', 0)",
      },
    ],
  },
  {
    name: 'entry-off-by-one',
    breaks: 'the last entry of a transfer is a fen too much',
    edits: [
      {
        file: 'ledger/transfer-record.ts',
        find: '...{ fund, agency, side, amount_fen: amountFen },',
        put: '...{ fund, agency, side, amount_fen: amountFen + index },',
      },
    ],
  },
  {
    name: 'taken-back-the-same-way',
    breaks: 'a correction moves the same way as what it corrects',
    edits: [
      {
        file: 'ledger/correction.ts',
        find: 'return { accountId, side: otherSide(side), amountFen }',
        put: 'return { accountId, side, amountFen }',
      },
    ],
  },
  {
    name: 'chain-with-a-gap',
    breaks: 'a block does not begin where the one before ends',
    edits: [
      {
        file: 'ledger/seal.ts',
        find: 'last.firstPosition + last.transferCount : 1',
        put: 'last.firstPosition + last.transferCount + 1 : 1',
      },
    ],
  },
  {
    name: 'chain-not-linked',
    breaks: 'a block does not know the one before',
    edits: [
      { file: 'ledger/seal.ts', find: 'const previousHash = last?.hash ?? noHash', put: 'const previousHash = noHash' },
    ],
  },
  {
    name: 'both-officers',
    breaks: 'of two who act at once both act',
    edits: [
      { file: 'cases/taking.ts', find: 'if (request.expectedSeq !== seq) {', put: 'if (request.expectedSeq > seq) {' },
    ],
  },
  {
    name: 'step-key-forgotten',
    breaks: 'a step asked for again does not get its answer',
    edits: [
      {
        file: 'cases/taking.ts',
        find: 'event.idempotencyKey === request.idempotencyKey',
        put: "event.idempotencyKey === 'other ' + request.idempotencyKey",
      },
    ],
  },
  {
    name: 'opening-key-forgotten',
    breaks: 'a case asked for again is opened again',
    edits: [
      {
        file: 'cases/opening.ts',
        find: 'storedOpening({ flow: id, userId, key })',
        put: "storedOpening({ flow: id, userId, key: 'other ' + key })",
      },
    ],
  },
  {
    name: 'step-not-logged',
    breaks: 'a step is done and not in the log',
    edits: [{ file: 'cases/recording.ts', find: '  await appendEvent(work, event)\n', put: '  void appendEvent\n' }],
  },
  {
    name: 'crossing-not-mended',
    breaks: 'a transaction that crossed with another is not run again',
    edits: [
      {
        file: 'ground/work.ts',
        find: 'if (!crossedWithAnother(error)) throw error',
        put: 'if (crossedWithAnother || error) throw error',
      },
    ],
  },
  {
    name: 'neighbours-answer',
    breaks: 'of those that ask together one gets the answer of another',
    edits: [
      {
        file: 'ground/merging.ts',
        find: 'parts[Number(place)]?.push(row)',
        put: 'parts[(Number(place) + 1) % count]?.push(row)',
      },
    ],
  },
  {
    name: 'commit-in-between',
    breaks: 'a work is committed in two parts, between which a crash can come',
    edits: [
      {
        file: 'cases/recording.ts',
        find: "  await point('after-event')",
        put: "  await sql`commit`.execute(work.db)\n  await sql`begin`.execute(work.db)\n  await point('after-event')",
      },
      {
        file: 'cases/recording.ts',
        find: "import { changeDeadlines, dropDeadlines } from './deadlines.ts'",
        put: "import { sql } from 'kysely'\nimport { changeDeadlines, dropDeadlines } from './deadlines.ts'",
      },
    ],
  },
]
