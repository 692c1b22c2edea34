const paths = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  services: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  card: 'M3 6h18v12H3zM3 10h18M6 15h5',
  cases: 'M6 3h9l4 4v14H6zM9 11h7M9 15h7',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 17h.01',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 4-7 8-7s7 2 8 7',
}

/** The name of an icon of the navigation. */
export type IconName = keyof typeof paths

/** An icon; the words beside it say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="resident-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
