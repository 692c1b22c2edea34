import { Loading, type Me, ProblemNote, type Route, Routes, route, useMe, usePlace } from '../../kit/door.ts'
import { AccessLogPage } from './access-log-page.tsx'
import { ActivitiesPage } from './activities-page.tsx'
import { BenefitPage } from './benefit-page.tsx'
import { CardPage } from './card-page.tsx'
import { CasesPage, OneCasePage } from './cases-page.tsx'
import { CertificatesPage } from './certificates-page.tsx'
import { EntitlementsPage } from './entitlements-page.tsx'
import { HomePage } from './home-page.tsx'
import { MyDataPage } from './my-data-page.tsx'
import { NotAPerson } from './not-a-person.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { NoticesPage } from './notices-page.tsx'
import { ProxyPage } from './proxy-page.tsx'
import { servicePages } from './service-parts.ts'
import { ServicesPage } from './services-page.tsx'
import { Shell } from './shell.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { VerifyPage } from './verify-page.tsx'

const routes: Route[] = [
  route('/', HomePage),
  route('/services', ServicesPage),
  route('/benefits/:flow', BenefitPage),
  route('/entitlements', EntitlementsPage),
  route('/card', CardPage),
  route('/cases', CasesPage),
  route('/cases/:caseId', OneCasePage),
  route('/notices', NoticesPage),
  route('/me', MyDataPage),
  route('/me/access-log', AccessLogPage),
  route('/me/proxies', ProxyPage),
  route('/me/certificates', CertificatesPage),
  route('/activities', ActivitiesPage),
  ...servicePages.map(({ path, Component }) => ({ pattern: path, Component })),
]

/** Pages that are open to everybody, signed in or not, as whatever they act. */
const openRoutes: Route[] = [
  route('/activities', ActivitiesPage),
  ...servicePages
    .filter(({ withoutSignIn }) => withoutSignIn)
    .map(({ path, Component }) => ({ pattern: path, Component })),
]

/** The residents' portal: signing in, then the pages of the person one acts as. */
export function ResidentPortal({ region }: { region: string }) {
  const { data: me, error, refetch } = useMe()
  return (
    <Shell region={region} me={me ?? null}>
      {me !== undefined ? (
        <Entry me={me} />
      ) : error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Shell>
  )
}

function Entry({ me }: { me: Me | null }) {
  const { path } = usePlace()
  // Whoever is shown a paper verifies it, signed in or not, as whatever they act.
  if (path === '/verify') return <VerifyPage />
  if (me === null) return <Routes routes={openRoutes} NotFound={SignInPage} />
  if (me.acting.kind !== 'person') return <Routes routes={openRoutes} NotFound={() => <NotAPerson me={me} />} />
  return <Routes routes={routes} NotFound={NotFoundPage} />
}
