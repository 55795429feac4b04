import { createContext, useContext } from 'react'

/** Who is signed in, and every action that the post may ever do. What may be done with one object comes with the object (`may`). */
export type Who = {
  staffKey: number
  staffNo: string
  name: string
  postCode: string
  postTitle: string
  unitName: string
  may: ReadonlySet<string>
}

export const nobody: Who = { staffKey: 0, staffNo: '', name: '', postCode: '', postTitle: '', unitName: '', may: new Set() }
export const WhoContext = createContext<Who>(nobody)
export const useWho = (): Who => useContext(WhoContext)

/** May this post ever do this? `const may = useMay(); may('customer.create') && <Button>…`. */
export function useMay(): (action: string) => boolean {
  const { may } = useWho()
  return (action) => may.has(action)
}
