import type { OfferRule, ServiceTools } from '../contract.ts'
import { matterFlowId } from './matter-state.ts'

/** Offered to whoever reported a card lost and has neither found nor replaced it, unless a matter of theirs is under way. */
export function replacementOffer({ cases }: Pick<ServiceTools, 'cases'>): OfferRule {
  return {
    id: 'lost-card',
    title: { zh: '社保卡已挂失，可以就近补卡', en: 'Your card is lost: replace it nearby' },
    text: {
      zh: '在家门口的银行网点补卡，原卡、新卡和电子社保卡一次办好。找回来的，可以解除挂失。',
      en: 'A bank outlet nearby replaces it: old card, new card and e-card in one go. If it turned up, end the report.',
    },
    path: '/services/card-outlets',
    event: { kind: 'card_lost' },
    async isDue(work, { personId }) {
      const [open] = await cases().find(work, { flow: matterFlowId, personId, open: true, limit: 1 })
      return open === undefined
    },
  }
}
