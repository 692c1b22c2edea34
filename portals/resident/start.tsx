import { startPortal } from '../../kit/door.ts'

/** Starts the portal of a region's residents. */
export function start(root: HTMLElement, region: string): void {
  startPortal(root, region, <main id="main" tabIndex={-1} />)
}
