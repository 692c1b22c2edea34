import { startPortal } from '../../kit/door.ts'
import { ResidentPortal } from './resident-portal.tsx'
import './resident.css'

/** Starts the residents' portal of a region. */
export function start(root: HTMLElement, region: string): void {
  startPortal(root, region, <ResidentPortal region={region} />)
}
