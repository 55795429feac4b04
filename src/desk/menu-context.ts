import { createContext, useContext } from 'react'
import type { Text } from '../ui/text.ts'

/** The menu of the person who is signed in, for pages that show it (they may not know the list of screens, which knows them). */
export type MenuView = readonly { group: string; title: Text; items: readonly { path: string; title: Text }[] }[]
export const MenuContext = createContext<MenuView>([])
export const useMenu = (): MenuView => useContext(MenuContext)
