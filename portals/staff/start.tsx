import { startPortal } from '../../kit/door.ts'
import { createOffline, OfflineProvider } from '../../kit/staff/door.ts'
import { isTakenAlong } from './pages.tsx'
import { StaffPortal } from './staff-portal.tsx'

/** Starts the portal of a region's staff: agencies, hospitals and other bodies with assignments. */
export function start(root: HTMLElement, region: string): void {
  offerToInstall(region)
  const worker = { script: '/service-worker.js', scope: `/${region}/staff` }
  const offline = createOffline(region, { isKept: isTakenAlong, worker })
  const pages = (
    <OfflineProvider offline={offline}>
      <StaffPortal region={region} />
    </OfflineProvider>
  )
  startPortal(root, region, pages, offline?.api)
}

/** Lets the browser install the pages as an app of their own. */
function offerToInstall(region: string): void {
  const link = document.createElement('link')
  link.rel = 'manifest'
  link.href = `/${region}/staff.webmanifest`
  document.head.append(link)
}
