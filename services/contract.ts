import type { z } from 'zod'
import type { BenefitField, InstalledBenefit, PaymentFlowSpec, Revisable } from '../benefits/door.ts'
import type { CaseFlow, Cases } from '../cases/door.ts'
import type { MessageHandler } from '../exchange/door.ts'
import type { BothLanguages, Id, Instant, Node, PlainDate, Work } from '../ground/door.ts'
import type { Rulebook, Ruling } from '../law/door.ts'
import type { Chart } from '../ledger/door.ts'
import type { AuthorityScope, RegisterEvent, RegisterEventQuery } from '../people/door.ts'

/**
 * A public service (事项): one folder, and this the only door to it. The server finds services by looking for `service.ts` in each folder of
 * `services/`, which exports `service`. By convention the folder holds policy.ts, values.yaml, regions/<code>/, messages.zh.yaml, messages.en.yaml,
 * cases.yaml and migrations/ (schema `svc_<id>` with hyphens as underscores); nothing outside the folder names the service.
 */
export type Service = {
  id: string
  title: BothLanguages
  summary: BothLanguages
  /** The national item code (事项编码) under which it is published; assumed ones say so in the service's README. */
  itemCode: string
  /** Everyday words by which people look for it and that stand neither in its title nor in its summary. */
  keywords?: Readonly<Record<'zh' | 'en', readonly string[]>>
  /**
   * How far it is (B2.06) until a region's catalogue of service items says so: shown as provisional. `can_be_done` where left out; `easy_to_do` where
   * registers spare the papers and the rule answers before anything is sent; `efficiently_done` where several matters are one, or nobody needs to apply.
   */
  maturity?: 'can_be_done' | 'easy_to_do' | 'efficiently_done'
  /** Where it is offered: in these regions and the nodes above and below them; everywhere where left out. Others do not show it. */
  regions?: readonly string[]
  /** The service's folder, `new URL('./', import.meta.url)`. */
  folder: URL
  create(tools: ServiceTools): ServiceParts
}

/** What the platform gives a service. */
export type ServiceTools = {
  /** The service's policies and dated values, with regional differences and publications. */
  rulebook: Rulebook
  /** The case machine with the flows of every service; only to be called while working, not while creating. */
  cases(): Cases
}

/** What a service gives the platform. */
export type ServiceParts = {
  flows: CaseFlow[]
  messages: MessageHandler[]
  routes: ServiceRoute[]
  chart?: Chart
  /** What of it is an application for money; `benefitParts` gives it with its flows. */
  benefits?: readonly InstalledBenefit[]
  /** The flows whose cases are decided again when a value of the service is published with a past first day, or taken back. */
  revisables?: readonly Revisable[]
  /** Its flows of bank batches; `benefitParts` gives those of its benefits. */
  payments?: readonly PaymentFlowSpec[]
  /** Work the node does by itself when the day changes or on demand (`tongban` runs it every minute): each item is idempotent. */
  clockwork?: Array<{ name: string; run(work: Work): Promise<void> }>
  /** What it offers to people by itself when something happens in the registers (B1.09). */
  offers?: readonly OfferRule[]
  /** What of it a person may be entitled to that is no benefit: what can I get? answers for it too. */
  entitlements?: readonly EntitlementRule[]
  /** What it paid to a person otherwise than by the payments of `benefits`, the newest first. Asked by the person. */
  received?(work: Work, personId: Id): Promise<readonly ReceivedMoney[]>
  /** Users whom `seed` makes, by region, as which one may sign in by a click like as those of the common part. */
  demoLogins?: Readonly<Record<string, readonly string[]>>
  /** The service's part of the demo world; called once per node on an empty world, after people and institutions are there. */
  seed?(world: DemoWorld): Promise<void>
  /**
   * What has happened in the demo world before it begins: done on the connected nodes through the service's own steps, after every seed.
   * Called once for the nation. Left out where a demo world without a past is asked for (tests).
   */
  history?(nation: DemoNation): Promise<void>
}

/**
 * What a service offers to a person once an event in the registers makes it due (服务主动找上门): found by the node every day, shown on their home with
 * a link, once for an occasion, and not to whoever switched it off.
 */
export type OfferRule = {
  /** Among those of the service. */
  id: string
  title: BothLanguages
  text: BothLanguages
  /** The page of the residents' portal where it is done, e.g. `/benefits/<flow>`. */
  path: string
  event: RegisterEventQuery
  /** Whether it is worth offering: when found, and again each time it is shown; with words of its own where an occasion has them. Runs as the node. */
  isDue(work: Work, event: RegisterEvent): Promise<boolean | OfferedOccasion>
}

/** What an offer says of its occasion (which certificate), and what is paid for it in whole fen. */
export type OfferedOccasion = { text: BothLanguages; amountFen?: number }

/** Money that came to a person. */
export type ReceivedMoney = {
  /** Unlike every other of the service. */
  id: string
  caseId: Id
  caseNumber: string
  title: BothLanguages
  amountFen: number
  paidOn: PlainDate
  recordedAt: Instant
}

/** What a person may be entitled to besides the benefits, with a page of its own where it is asked for. */
export type EntitlementRule = {
  /** Unlike every benefit and every other rule of the node; the flow that asking for it opens. */
  id: string
  title: BothLanguages
  /** The page of the residents' portal, e.g. `/services/unemployment/claim`. */
  path: string
  /**
   * What the rule says with what registers hold and what was answered, by the person themselves. Throws a `Refusal` where nothing here is theirs, `BadInput`
   * for an answer that cannot be one. Undefined, or left out, where only its own page can ask.
   */
  decide?(
    work: Work,
    question: { personId: Id; answers: Readonly<Record<string, unknown>> },
  ): Promise<EntitlementSaid | undefined>
}

/** What a rule says to a person so far. */
export type EntitlementSaid = {
  ruling: Ruling
  /** What is paid if it is granted, in whole fen. */
  pays?: { amountFen: number; per: 'once' | 'month' }
  /** What it still turns on: the ruling is the best that an answer leads to. Labels as of benefits (`form.<id>.<name>`). */
  asks?: BenefitField
}

/** Who may call a route: roles of assignments (`accept`, `hospital_office` ...) or the actor kinds `person`, `public`. */
export type RouteCaller = string

/** One HTTP operation of a service, mounted at `/<region>/api/v1/services/<service id><path>`. POST bodies and answers are stored under the Idempotency-Key. */
export type ServiceRoute = {
  method: 'GET' | 'POST'
  /** With fastify parameters, e.g. `/stays/:caseId/bill`. */
  path: string
  title: BothLanguages
  callers: RouteCaller[]
  /** What of a person it touches: whoever acts for them needs an authority that covers it. `matters`, which each covers, where nothing is said. */
  actsOn?: AuthorityScope
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  answer: z.ZodType
  handle(work: Work, input: RouteInput): Promise<unknown>
}

/** What a route receives, already parsed by its schemas. */
export type RouteInput = { params: unknown; query: unknown; body: unknown }

/** A route whose handler sees the parsed types; erases them for the list of routes. */
export function serviceRoute<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
>(
  route: Omit<ServiceRoute, 'handle' | 'params' | 'query' | 'body' | 'answer'> & {
    params?: Params
    query?: Query
    body?: Body
    answer: Answer
    handle(
      work: Work,
      input: { params: z.infer<Params>; query: z.infer<Query>; body: z.infer<Body> },
    ): Promise<z.input<Answer>>
  },
): ServiceRoute {
  return route as ServiceRoute
}

/** The demo world while it is seeded: synthetic nodes, people and institutions, a clock of its own. */
export type DemoWorld = {
  /** The node being seeded; its region is `node.region`. */
  node: Node
  /** Names made by the common part of the seed, e.g. `person:jiangsu-worker-1`, `institution:urumqi-hospital`, `user:nanjing-accept`, to ids of this node. */
  idOf(name: string): string
  /** Runs in one transaction as the node itself. */
  run<T>(action: (work: Work) => Promise<T>): Promise<T>
}

/** A node of the demo nation while its past is made. */
export type DemoNationNode = DemoWorld & {
  cases: Cases
  /** Runs as a demo user by their login: an officer such as `nanjing-accept`, or a resident such as `li-na`. */
  runAs<T>(login: string, action: (work: Work) => Promise<T>): Promise<T>
  /** Opens a case as a demo user; answers its id. */
  open(login: string, opening: { flow: string; step?: string; body: unknown }): Promise<Id>
  /** Takes a step as a demo user, on the case as it stands. */
  take(login: string, caseId: Id, step: string, body?: unknown): Promise<void>
}

/** The demo nation while its past is made: every node, one clock that begins at New Year for each service, and the messages between them. */
export type DemoNation = {
  find(region: string): DemoNationNode | undefined
  moveTo(instant: Instant): void
  /** Delivers until nobody has anything to say. */
  deliver(): Promise<void>
}

/** Declares a service; gives it its type. */
export function defineService(service: Service): Service {
  return service
}
