import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { screens } from './screens.tsx'
import { Desk } from './Desk.tsx'
import { BareFrame, PageMistake, Unknown } from './frames.tsx'
import { Home } from './Home.tsx'
import { ScreenDoor } from './ScreenDoor.tsx'

const inside = screens.filter((screen) => !screen.bare)
const bare = screens.filter((screen) => screen.bare)

const router = createBrowserRouter([
  {
    element: <BareFrame />,
    errorElement: <PageMistake whole />,
    children: bare.map((screen) => ({ path: screen.path, element: <screen.page /> })),
  },
  {
    element: <Desk />,
    errorElement: <PageMistake whole />,
    children: [
      { index: true, element: <Home /> },
      ...inside.map((screen) => ({ path: screen.path, element: <ScreenDoor screen={screen} />, errorElement: <PageMistake /> })),
      { path: '*', element: <Unknown /> },
    ],
  },
])

/** The addresses of the product, made from the list of screens. */
export function DeskRouter() {
  return <RouterProvider router={router} />
}
