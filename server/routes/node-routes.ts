import type { FastifyInstance } from 'fastify'
import { mountRoutes } from '../http/mount.ts'
import type { RegionNode } from '../node.ts'
import { attachmentRoutes } from './attachments.ts'
import { bankFileRoutes, benefitPaymentRoutes } from './benefit-payments.ts'
import { benefitRoutes } from './benefits.ts'
import { caseRoutes } from './cases.ts'
import { certificateFileRoutes, certificateRoutes } from './certificates.ts'
import { clauseRoutes } from './clauses.ts'
import { demoRoutes } from './demo.ts'
import { documentImportRoute, documentRoutes } from './documents.ts'
import { entitlementRoutes } from './entitlements.ts'
import { exchangeRoutes } from './exchange.ts'
import { fileRoutes } from './files.ts'
import { lawRoutes } from './law.ts'
import { ledgerRoutes } from './ledger.ts'
import { listImportRoute, listRoutes } from './lists.ts'
import { liveRoutes } from './live.ts'
import { meRoutes } from './me.ts'
import { myEmployerRoutes } from './my-employer.ts'
import { offerRoutes } from './offers.ts'
import { officeRoutes } from './office.ts'
import { partyListRoutes } from './party-lists.ts'
import { passkeyRoutes } from './passkeys.ts'
import { peopleRoutes } from './people.ts'
import { policyRoutes } from './policies.ts'
import { policyFindingRoutes } from './policy-findings.ts'
import { policyRunRoutes } from './policy-runs.ts'
import { receivedRoutes } from './received.ts'
import { registerRoutes } from './registers.ts'
import { requestRoutes } from './requests.ts'
import { lineRoutes } from './revisions.ts'
import { serviceRoutes } from './services.ts'
import { sessionRoutes } from './session.ts'
import { taskRoutes } from './tasks.ts'
import { valueRoutes } from './values.ts'
import { workRecordRoutes } from './work-records.ts'

/** All routes of a node: those of the rooms, and those that its services declare. */
export async function nodeRoutes(app: FastifyInstance, region: RegionNode): Promise<void> {
  await sessionRoutes(app, region)
  await passkeyRoutes(app, region)
  await liveRoutes(app, region)
  await attachmentRoutes(app, region)
  await fileRoutes(app)
  await documentImportRoute(app, region)
  await listImportRoute(app, region)
  await bankFileRoutes(app, region)
  await certificateFileRoutes(app, region)
  await policyFindingRoutes(app, region)
  await policyRunRoutes(app, region)
  mountRoutes(app, region, 'session', requestRoutes())
  mountRoutes(app, region, 'me', meRoutes(region))
  mountRoutes(app, region, 'me', myEmployerRoutes())
  mountRoutes(app, region, 'me', offerRoutes(region))
  mountRoutes(app, region, 'me', receivedRoutes(region))
  mountRoutes(app, region, 'people', [...peopleRoutes(), ...workRecordRoutes()])
  mountRoutes(app, region, 'office', officeRoutes())
  mountRoutes(app, region, 'cases', [...caseRoutes(region), ...taskRoutes(region)])
  mountRoutes(app, region, 'certificates', certificateRoutes())
  mountRoutes(app, region, 'registers', [...registerRoutes(), ...partyListRoutes()])
  mountRoutes(app, region, 'lists', listRoutes(region))
  mountRoutes(app, region, 'ledger', ledgerRoutes())
  mountRoutes(app, region, 'exchange', exchangeRoutes(region))
  mountRoutes(app, region, 'policies', policyRoutes(region))
  mountRoutes(app, region, 'values', valueRoutes(region))
  mountRoutes(app, region, 'benefits', lineRoutes())
  mountRoutes(app, region, 'law', [...lawRoutes(), ...clauseRoutes(region)])
  mountRoutes(app, region, 'documents', documentRoutes(region))
  mountRoutes(app, region, 'services', serviceRoutes(region))
  mountRoutes(app, region, 'benefits', [...benefitRoutes(region), ...benefitPaymentRoutes(region)])
  mountRoutes(app, region, 'benefits', entitlementRoutes(region))
  for (const { id, parts } of region.services) {
    const routes = parts.routes.map((route) => ({ ...route, path: `/services/${id}${route.path}` }))
    mountRoutes(app, region, id, routes)
  }
  if (app.site.world.demo) mountRoutes(app, region, 'demo', demoRoutes(region))
}
