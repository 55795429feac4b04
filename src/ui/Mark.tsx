const shapes: Readonly<Record<string, string>> = {
  '⬣': 'M3 0h6l3 6-3 6H3L0 6z', '◆': 'M6 0l6 6-6 6-6-6z', '■': 'M1 1h10v10H1z', '●': 'M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0z', '★': 'M6 0l1.800 4 4.200.4-3.200 2.900 1 4.300L6 9.400 2.200 11.600l1-4.300L0 4.400 4.200 4z',
}

/** A sign beside a word, hidden from readers. The handbook's shapes are drawn, since few fonts have them; any other character is text. */
export function Mark({ of }: { of: string }) {
  const shape = shapes[of]
  return shape === undefined ? <i aria-hidden="true">{of}</i> : (
    <i aria-hidden="true">
      <svg width="0.9em" height="0.9em" viewBox="0 0 12 12" fill="currentColor" style={{ display: 'block' }}><path d={shape} /></svg>
    </i>
  )
}
