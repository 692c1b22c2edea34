import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { type Actor, type Id, readMigrations } from '../../ground/door.ts'
import { applyECard, cardsOf, issueQrToken } from '../../people/door.ts'
import { loadPurse, setPin } from './purse.ts'
import { service } from './service.ts'
import type { Field } from './tables.ts'
import { readCard } from './taps.ts'
import { getOwnTerminal, registerTerminal } from './terminals.ts'
import type { RecordedUse } from './uses.ts'

/** A town with terminals of merchants, and holders with purses. All synthetic. */
export type Town = BenefitSite & {
  tools: Parameters<typeof readCard>[1]
  /** A terminal of a merchant of its own, or of the agency. */
  terminal(field: Field): Promise<TestTerminal>
  /** Somebody with a card, an e-card, and so much in the purse. */
  holder(loadedFen?: number): Promise<TestHolder>
  /** Presents a card at a terminal. */
  tap(terminal: TestTerminal, tap: object): Promise<RecordedUse>
  /** The content of the QR code that a holder shows now. */
  qr(holder: TestHolder): Promise<string>
}

export type TestTerminal = { terminalId: Id; merchantId: Id | null; actor: Actor }
export type TestHolder = { personId: Id; actor: Actor; cardId: Id; number: string; eCardId: Id }

const region = '421300'

/** See `Town`. */
export async function testTown(): Promise<Town> {
  const migrations = [await readMigrations('svc_card_use', new URL('./migrations/', import.meta.url))]
  const site = await benefitSite({ region: '420000', on: '2026-05-11', service, migrations })
  const tools = { rulebook: site.rulebook, cases: () => site.cases }
  let serial = 0
  return {
    ...site,
    tools,
    async terminal(field) {
      const ofAgency = field === 'government' || field === 'benefits'
      const merchant = ofAgency ? undefined : await site.employer({ agency: region })
      const employer = merchant && { employerId: merchant.employerId }
      const terminalId = await site.run((work) =>
        registerTerminal(work, { name: `示例终端${field}`, field, agency: region, ...employer }),
      )
      const actor = merchant?.actor ?? (await site.officer('accept', { agency: region }))
      return { terminalId, merchantId: merchant?.employerId ?? null, actor }
    },
    async holder(loadedFen = 50_000) {
      const { personId, actor } = await site.person({ agency: region })
      return site.run(async (work) => {
        const [card] = await cardsOf(work, personId, 'test')
        const { eCardId } = await applyECard(work, { personId, app: 'app:12333' })
        await setPin(work, personId, '246810')
        if (loadedFen > 0)
          await loadPurse(work, tools, { personId, amountFen: loadedFen, reference: `load-${++serial}` })
        return { personId, actor, cardId: card?.cardId ?? '', number: card?.number ?? '', eCardId }
      })
    },
    tap: ({ terminalId, actor }, tap) =>
      site.run(
        async (work) =>
          readCard(work, tools, await getOwnTerminal(work, terminalId), { serial: `s-${++serial}`, ...tap }),
        actor,
      ),
    qr: ({ eCardId }) => site.run(async (work) => (await issueQrToken(work, { eCardId })).token),
  }
}
