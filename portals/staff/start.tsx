import { startPortal } from '../../kit/door.ts'
import { StaffPortal } from './staff-portal.tsx'

/** Starts the portal of a region's staff: agencies, hospitals and other bodies with assignments. */
export function start(root: HTMLElement, region: string): void {
  startPortal(root, region, <StaffPortal region={region} />)
}
