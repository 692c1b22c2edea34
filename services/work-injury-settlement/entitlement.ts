import { Refusal } from '../../ground/door.ts'
import type { EntitlementRule } from '../contract.ts'
import { findInjury } from './injury.ts'

/** What the fund pays back for treatment, for whoever looks for what they can get: bills are asked on its page. Refusal `no_injury_on_record`. */
export const claimEntitlement: EntitlementRule = {
  id: 'work-injury-claim',
  title: { zh: '工伤医疗费、伙食补助和交通食宿费报销', en: 'Treatment, meals and travel after a work injury' },
  path: '/services/work-injury/claim',
  async decide(work, { personId }) {
    if ((await findInjury(work, personId)) === undefined) throw new Refusal('no_injury_on_record')
    return undefined
  },
}
