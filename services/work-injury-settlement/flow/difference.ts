import { z } from 'zod'
import { defineFlow } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import { must, Refusal } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { adoptSettlement } from '../home-booking.ts'
import { messageKinds } from '../messages-between.ts'
import { type DifferenceState, differenceState, foundDifference, step } from './difference-state.ts'

const grounds = z.strictObject({ reason: z.string().trim().min(2).max(300) })

/**
 * A difference that the reconciliation of a day found and that telling again does not heal (对账差异). The insured region adopts what the
 * treatment region has signed; the treatment region disowns what it does not have. Both post corrections that name what they correct.
 */
export function differenceFlow({ cases }: ServiceTools) {
  const find = step({
    title: { zh: '发现差异', en: 'A difference was found' },
    opens: true,
    by: ['system'],
    body: foundDifference,
    record: foundDifference,
    to: 'found',
    take: async ({ body }) => ({ record: body }),
    fold: (state, { body }) => ({ ...state, found: body }),
  })

  const hear = step({
    title: { zh: '就医地再次告知', en: 'The treatment place told it again' },
    from: ['found'],
    by: ['system'],
    body: differenceState.shape.told.unwrap(),
    record: differenceState.shape.told.unwrap(),
    to: 'stay',
    take: async ({ body }) => ({ record: body }),
    fold: (state, { body }) => ({ ...state, told: body }),
  })

  const adopt = step({
    title: { zh: '按就医地更正入账', en: "Book the treatment place's word" },
    from: ['found'],
    by: ['audit'],
    body: grounds,
    record: grounds,
    to: 'settled',
    async take({ work, file, body }) {
      const { partner } = must(file.state.found, 'a found difference')
      if (!file.state.told) throw new Refusal('difference_not_told_again')
      await adoptSettlement(work, cases(), { from: partner, told: file.state.told, difference: file.number })
      return { record: body }
    },
  })

  const disown = step({
    title: { zh: '确认本地无此结算', en: 'Disown the settlement' },
    from: ['found'],
    by: ['audit'],
    body: grounds,
    record: grounds,
    to: 'settled',
    async take({ work, file, body }) {
      const { side, partner, settlementNumber, here } = must(file.state.found, 'a found difference')
      if (side === 'home') throw new Refusal('difference_not_ours', { params: { settlementNumber } })
      await sendMessage(work, {
        to: partner,
        kind: messageKinds.settlementDisowned,
        version: 1,
        about: file.number,
        body: {
          settlementNumber,
          revision: must(here, 'what the insured region has').revision + 1,
          disownedOn: work.today,
          reason: body.reason,
        },
      })
      return { record: body }
    },
  })

  const agree = step({
    title: { zh: '双方已一致', en: 'Both have the same' },
    from: ['found'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: 'settled',
    take: async ({ body }) => ({ record: body }),
  })

  return defineFlow<DifferenceState>({
    id: 'difference',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '区域间对账差异', en: 'Difference between two regions' },
    numberPrefix: 'CY',
    state: differenceState,
    initial: { found: null, told: null },
    statuses: {
      found: { title: { zh: '待处理', en: 'To be settled' }, task: { role: 'audit' } },
      settled: { title: { zh: '已一致', en: 'Settled' }, final: true },
    },
    steps: { find, hear, adopt, disown, agree },
    summary: ({ state: { found } }) => ({
      settlementNumber: found?.settlementNumber ?? null,
      kind: found?.kind ?? null,
      partner: found?.partner ?? null,
    }),
  })
}
