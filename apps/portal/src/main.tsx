import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Appearance, LanguageProvider } from '#portal/ui'
import { queries } from './queries.ts'
import { router } from './router.tsx'
import './portal.css'

const place = document.getElementById('root')
if (place)
  createRoot(place).render(
    <StrictMode>
      <LanguageProvider>
        <Appearance>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Appearance>
      </LanguageProvider>
    </StrictMode>,
  )
