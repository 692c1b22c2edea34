import { z } from 'zod'
import { sendMessage } from '../../exchange/door.ts'
import { type PlainDate, Refusal, type Work } from '../../ground/door.ts'
import { provinceOf, type Rulebook } from '../../law/door.ts'
import { balances } from '../../ledger/door.ts'
import { raiseAlert } from './host-handlers.ts'
import { messageKinds, type prepaidMessage } from './messages-between.ts'
import { move } from './postings.ts'

/** Pays an advance to a treatment region (预付金): Dr advances paid / Cr fiscal special account; the other side books it when told. */
export async function payPrepaid(work: Work, to: string, amountFen: number): Promise<{ paymentNumber: string }> {
  const partner = provinceOf(to).code
  if (partner === work.node.region) throw new Refusal('prepaid_to_oneself')
  const paymentNumber = `YF${work.newId()}`
  await bookPrepaid(work, partner, { paymentNumber, amountFen, paidOn: work.today })
  await work.reach('prepaid.posted')
  await sendMessage(work, {
    to: partner,
    kind: messageKinds.prepaid,
    version: 1,
    about: paymentNumber,
    body: { paymentNumber, amountFen, paidOn: work.today },
  })
  return { paymentNumber }
}

/** Books an advance that we have paid to another region. */
export async function bookPrepaid(
  work: Work,
  partner: string,
  { paymentNumber, amountFen, paidOn }: z.infer<typeof prepaidMessage>,
): Promise<void> {
  await move(work, {
    key: `prepaid:${paymentNumber}`,
    kind: 'prepaid',
    on: paidOn,
    from: 'fiscal_special_account',
    to: `advances_paid:${partner}`,
    amountFen,
    reference: paymentNumber,
  })
}

/** Books an advance that another region has paid us. */
export async function receivePrepaid(
  work: Work,
  from: string,
  { paymentNumber, amountFen }: { paymentNumber: string; amountFen: number; paidOn: PlainDate },
): Promise<void> {
  await move(work, {
    key: `prepaid:${paymentNumber}`,
    kind: 'prepaid_received',
    on: work.today,
    from: `advances_received:${from}`,
    to: 'fiscal_special_account',
    amountFen,
    reference: paymentNumber,
  })
}

/** How urgent it is to top a fund up: `exhausted` when nothing of it is free, the others from dated values on. */
export type PrepaidLevel = 'none' | 'warning' | 'urgent' | 'exhausted'

const thresholdTable = z.strictObject({ warning: z.int(), urgent: z.int() })

/** How far a prepaid fund is used: what is owed and not cleared, and what is held for stays that are being settled, against what was advanced. */
export type PrepaidUse = {
  partner: string
  side: 'paid' | 'received'
  paidFen: number
  usedFen: number
  usedPpm: number
  level: PrepaidLevel
}

const sides = {
  paid: { advance: 'advances_paid', use: 'payable_to_region' },
  received: { advance: 'advances_received', use: 'receivable_from_region' },
} as const

/** Every prepaid fund of this node, by partner and side. An exhausted fund never refuses a discharge; it only raises alerts. */
export async function prepaidUse(work: Work, rulebook: Rulebook): Promise<PrepaidUse[]> {
  const balancesOf = (name: readonly string[]) => balances(work, { fund: 'work_injury', name })
  const advances = await balancesOf(Object.values(sides).map(({ advance }) => advance))
  if (advances.length === 0) return []
  const thresholds = await rulebook.valueOf(work, 'prepaidAlertPpm', {
    on: work.today,
    insuredRegion: work.node.region,
  })
  const { warning, urgent } = thresholdTable.parse(thresholds.value)
  const rows = [...advances, ...(await balancesOf(Object.values(sides).map(({ use }) => use)))]
  const balanceOf = (name: string, party: string) =>
    rows.find((row) => row.name === name && row.party === party)?.balanceFen ?? 0
  return (['paid', 'received'] as const).flatMap((side) =>
    rows
      .filter(({ name, balanceFen }) => name === sides[side].advance && balanceFen > 0)
      .map(({ party, balanceFen: paidFen, availableFen }) => {
        const partner = party ?? ''
        const usedFen = balanceOf(sides[side].use, partner) + paidFen - availableFen
        const usedPpm = Math.floor((usedFen * wholePpm) / paidFen)
        return { partner, side, paidFen, usedFen, usedPpm, level: levelOf(usedPpm, { warning, urgent }) }
      }),
  )
}

const wholePpm = 1_000_000

function levelOf(usedPpm: number, { warning, urgent }: z.infer<typeof thresholdTable>): PrepaidLevel {
  if (usedPpm >= wholePpm) return 'exhausted'
  if (usedPpm >= urgent) return 'urgent'
  return usedPpm >= warning ? 'warning' : 'none'
}

/** Raises the alert of each fund that has reached a threshold; once per fund, level and size of the fund. */
export async function checkPrepaid(work: Work, rulebook: Rulebook): Promise<void> {
  for (const { partner, side, paidFen, usedFen, usedPpm, level } of await prepaidUse(work, rulebook)) {
    if (level === 'none') continue
    await raiseAlert(work, `alert.prepaid_${level}`, `${side}:${partner}:${paidFen}`, {
      partner,
      usedFen,
      paidFen,
      usedPpm,
    })
  }
}
