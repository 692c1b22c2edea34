import * as z from 'zod/mini'

const finding = z.object({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.nullable(z.string()),
  because: z.string(),
  amountFen: z.number(),
})

const orderedPayment = z.object({
  orderId: z.string(),
  amountFen: z.number(),
  state: z.enum(['ordered', 'returned', 'paid', 'cancelled']),
  takenBackFen: z.number(),
})

const applicationState = z.object({
  party: z.nullable(z.object({ kind: z.enum(['person', 'employer']), id: z.string() })),
  broughtBy: z.nullable(z.enum(['party', 'counter', 'found'])),
  answers: z.record(z.string(), z.unknown()),
  appliedOn: z.nullable(z.string()),
  expected: z.nullable(finding),
  found: z.nullable(finding),
  orders: z.array(orderedPayment),
  owedFen: z.number(),
  paidOn: z.nullable(z.string()),
})

/** What an application for a benefit keeps, as far as pages show it. */
export type ApplicationState = z.infer<typeof applicationState>

/** A payment of an application, and how much of it was claimed back. */
export type OrderedPayment = z.infer<typeof orderedPayment>

/** The state of an application for a benefit; undefined for other cases. */
export function findApplicationState(state: unknown): ApplicationState | undefined {
  return applicationState.safeParse(state).data
}
