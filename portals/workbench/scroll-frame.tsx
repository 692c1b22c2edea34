import type { ReactNode } from 'react'

/** What may be wider than the screen, scrolled sideways by finger, wheel or arrow keys. */
export function ScrollFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key scrolls the frame (WCAG 2.1.1)
    <section className="workbench-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
