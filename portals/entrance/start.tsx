import { startPortal } from '../../kit/door.ts'

/** Starts the national entrance. */
export function start(root: HTMLElement): void {
  startPortal(root, '', <main id="main" tabIndex={-1} />)
}
