import {
  fetchedPart,
  Later,
  Loading,
  type Me,
  ProblemNote,
  type Route,
  Routes,
  route,
  useMe,
  usePlace,
} from '../../kit/door.ts'
import { AccessLogPage } from './access-log-page.tsx'
import { ActivitiesPage } from './activities-page.tsx'
import { BenefitPage } from './benefit-page.tsx'
import { CardPage } from './card-page.tsx'
import { CasesPage } from './cases-page.tsx'
import { CertificatesPage } from './certificates-page.tsx'
import { EntitlementsPage } from './entitlements-page.tsx'
import { HomePage } from './home-page.tsx'
import { MyDataPage } from './my-data-page.tsx'
import { NotAPerson } from './not-a-person.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { NoticesPage } from './notices-page.tsx'
import { Shell } from './shell.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { VerifyPage } from './verify-page.tsx'

// What holds the pages of all services comes when it is wanted, so that a home is there soon.
const ServicesPage = fetchedPart(async () => (await import('./services-page.tsx')).ServicesPage)
const HelpPage = fetchedPart(async () => (await import('./help-page.tsx')).HelpPage)
const ProxyPage = fetchedPart(async () => (await import('./proxy-page.tsx')).ProxyPage)
const SecurityPage = fetchedPart(async () => (await import('./security-page.tsx')).SecurityPage)
const OneCasePage = fetchedPart(async () => (await import('./one-case-page.tsx')).OneCasePage)
const ServiceRoutes = fetchedPart(async () => (await import('./service-routes.tsx')).ServiceRoutes)

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
  route('/me/security', SecurityPage),
  route('/me/certificates', CertificatesPage),
  route('/activities', ActivitiesPage),
  route('/help', HelpPage),
]

/** Pages that are open to everybody, signed in or not, as whatever they act. */
const openRoutes: Route[] = [route('/activities', ActivitiesPage), route('/help', HelpPage)]

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
  return (
    <Later place={path} meanwhile={<Loading />}>
      <Routes routes={isPerson(me) ? routes : openRoutes} NotFound={OfServices} />
    </Later>
  )
}

/** A page of a service, where it is none of the portal's own; components by name, so that who is signed in may be read anew without losing a form. */
function OfServices() {
  const { data: me = null } = useMe()
  const { path } = usePlace()
  return path === '/' ? <Elsewhere /> : <ServiceRoutes isOpenOnly={!isPerson(me)} NotFound={Elsewhere} />
}

function Elsewhere() {
  const { data: me = null } = useMe()
  if (me === null) return <SignInPage />
  return isPerson(me) ? <NotFoundPage /> : <NotAPerson me={me} />
}

function isPerson(me: Me | null): boolean {
  return me?.acting.kind === 'person'
}
