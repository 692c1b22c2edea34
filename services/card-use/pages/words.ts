import { defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'card-use'

/** The flow of settlements with merchants. */
export const settlementFlow = 'card-settlement'

/** Words that several pages share. */
export const useWords = defineWords({
  accepted: { zh: '成功', en: 'accepted' },
  refused: { zh: '未通过', en: 'refused' },
  card: { zh: '实体卡', en: 'card' },
  e_card: { zh: '电子社保卡', en: 'e-card' },
  amount: { zh: '金额', en: 'Amount' },
  when: { zh: '时间', en: 'When' },
  what: { zh: '用途', en: 'What for' },
  result: { zh: '结果', en: 'Result' },
  where: { zh: '地点', en: 'Where' },
  offline: { zh: '脱机', en: 'offline' },
})

/** What became of a card that was presented. */
export type RecordedUse = {
  useId: string
  serial: string
  medium: 'card' | 'e_card'
  kind: string
  amountFen: number
  tappedAt: string
  offline: boolean
  outcome: 'accepted' | 'refused'
  reason: string | null
}
