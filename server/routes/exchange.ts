import { z } from 'zod'
import {
  acknowledgeAlert,
  alertKinds,
  askAgain,
  confirmKeyChange,
  exchangeStatus,
  failedMessages,
  findNewestDirectory,
  messagesAbout,
  openAlerts,
  proposeKey,
  proposeRevocation,
  rotateKey,
  schemaPublicKey,
  waitingKeyChanges,
} from '../../exchange/door.ts'
import { asActor, schemaId, schemaInstant, schemaRegion, systemActor } from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { done, schemaDone, schemaParams } from './shapes.ts'

const schemaMessage = z
  .object({
    id: schemaId,
    direction: z.enum(['sent', 'received']),
    partner: z.string(),
    kind: z.string(),
    version: z.int(),
    about: z.string().nullable(),
    sentAt: schemaInstant,
    state: z.string(),
    stateAt: schemaInstant.nullable(),
    attempts: z.int().nullable(),
    code: z.string().nullable(),
    params: schemaParams.nullable(),
  })
  .meta({ id: 'ExchangeMessage' })

const schemaDirectory = z
  .object({
    version: z.int(),
    issuedAt: schemaInstant,
    regions: z.array(
      z.object({
        region: schemaRegion,
        reads: z.array(z.int()),
        keys: z.array(
          z.object({
            fingerprint: z.string(),
            from: schemaInstant.nullable(),
            to: schemaInstant.nullable(),
            revokedAt: schemaInstant.nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'ExchangeDirectory' })

const everyOfficer = ['staff']
/** Who mends what is out of order between regions, and changes the region's own key. */
const trusted = ['supervisor', 'control']
/** Who decides at the hub who is in the directory, each time two of them. */
const keepers = [...trusted, 'hub_clerk']

/** What this node says to others and hears from them, and the keys by which they know each other. */
export function exchangeRoutes(node: RegionNode): ServiceRoute[] {
  return [...messageRoutes(node), ...alertRoutes(), ...keyRoutes(node)]
}

function messageRoutes({ exchange }: RegionNode): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/exchange/status',
      title: { zh: '跨省交换状态', en: 'What waits, failed or was refused, by partner' },
      callers: everyOfficer,
      answer: z.object({
        waiting: z.int(),
        oldestWaitingAt: schemaInstant.nullable(),
        failed: z.int(),
        refused: z.int(),
        byPartner: z.array(
          z.object({
            region: z.string(),
            waiting: z.int(),
            oldestWaitingAt: schemaInstant.nullable(),
            failed: z.int(),
            refusedByPartner: z.int(),
          }),
        ),
      }),
      handle: (work) => exchangeStatus(work),
    }),
    serviceRoute({
      method: 'GET',
      path: '/exchange/messages',
      title: { zh: '办件的往来消息', en: 'The messages about a case number' },
      callers: everyOfficer,
      query: z.object({ about: z.string().min(1).max(100) }),
      answer: z.object({ items: z.array(schemaMessage) }),
      handle: async (work, { query }) => ({ items: await messagesAbout(work, query.about) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/exchange/failed',
      title: { zh: '处理失败的消息', en: 'Messages that could not be handled' },
      callers: everyOfficer,
      answer: z.object({ items: z.array(schemaMessage) }),
      handle: async (work) => ({ items: await failedMessages(work) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/exchange/again',
      title: { zh: '恢复后向各方索回消息', en: 'After a restore: ask every partner for what went between us since' },
      callers: trusted,
      body: z.strictObject({ since: schemaInstant }),
      answer: z.object({ asked: z.array(z.string()) }),
      handle: async (work, { body }) => ({ asked: await askAgain(work, body.since) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/exchange/failed/retry',
      title: { zh: '重新处理消息', en: 'Handle a failed message again' },
      callers: trusted,
      body: z.strictObject({ from: z.string(), id: schemaId }),
      answer: schemaDone,
      async handle(work, { body }) {
        await asActor(work, systemActor, (system) => exchange.retryFailed(system, body))
        return done
      },
    }),
  ]
}

function alertRoutes(): ServiceRoute[] {
  const schemaAlert = z.object({
    id: schemaId,
    kind: z.enum(alertKinds),
    partner: z.string().nullable(),
    firstSeenAt: schemaInstant,
    lastSeenAt: schemaInstant,
    count: z.int(),
  })
  return [
    serviceRoute({
      method: 'GET',
      path: '/exchange/alerts',
      title: { zh: '交换告警', en: 'Alerts of the exchange that nobody has acknowledged' },
      callers: everyOfficer,
      answer: z.object({ items: z.array(schemaAlert) }),
      handle: async (work) => ({ items: await openAlerts(work) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/exchange/alerts/acknowledge',
      title: { zh: '确认告警已处理', en: 'Acknowledge an alert' },
      callers: keepers,
      body: z.strictObject({ id: schemaId }),
      answer: schemaDone,
      async handle(work, { body }) {
        await acknowledgeAlert(work, body.id)
        return done
      },
    }),
  ]
}

function keyRoutes({ exchange }: RegionNode): ServiceRoute[] {
  const schemaChange = z.object({
    id: schemaId,
    region: schemaRegion,
    kind: z.enum(['add_key', 'reads', 'revoke_key']),
    fingerprint: z.string().nullable(),
    reason: z.string().nullable(),
    proposedAt: schemaInstant,
    firstOfficer: schemaId.nullable(),
  })
  const { keys } = exchange
  return [
    serviceRoute({
      method: 'GET',
      path: '/exchange/keys',
      title: { zh: '密钥名录', en: 'The directory of keys, and what waits for officers at the hub' },
      callers: everyOfficer,
      answer: z.object({ isHub: z.boolean(), directory: schemaDirectory.nullable(), waiting: z.array(schemaChange) }),
      handle: async (work) => ({
        isHub: work.node.region === keys.hub,
        directory: (await findNewestDirectory(work))?.directory ?? null,
        waiting: await waitingKeyChanges(work),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/exchange/keys/rotate',
      title: { zh: '更换本地区密钥', en: "Make this region's next key and announce it" },
      callers: trusted,
      answer: z.object({ fingerprint: z.string() }),
      handle: async (work) => ({ fingerprint: await rotateKey(work, keys) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/exchange/keys/revoke',
      title: { zh: '申请吊销密钥（枢纽）', en: 'Ask to revoke a lost key (hub)' },
      callers: keepers,
      body: z.strictObject({ region: schemaRegion, fingerprint: z.string(), reason: z.string().min(1).max(500) }),
      answer: z.object({ changeId: schemaId }),
      handle: async (work, { body }) => ({ changeId: await proposeRevocation(work, keys, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/exchange/keys/enrol',
      title: { zh: '申请登记密钥（枢纽）', en: 'Ask to enter the key of a region that cannot introduce itself (hub)' },
      callers: keepers,
      body: z.strictObject({ region: schemaRegion, publicKey: schemaPublicKey, reads: z.array(z.int().min(1)).min(1) }),
      answer: z.object({ changeId: schemaId }),
      handle: async (work, { body }) => ({ changeId: await proposeKey(work, keys, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/exchange/keys/confirm',
      title: { zh: '确认密钥变更（枢纽）', en: 'Confirm a change of the directory (hub)' },
      callers: keepers,
      body: z.strictObject({ id: schemaId }),
      answer: schemaDone,
      async handle(work, { body }) {
        await confirmKeyChange(work, keys, body.id)
        return done
      },
    }),
  ]
}
