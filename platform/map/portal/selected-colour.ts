/** What is picked or being drawn; told apart from every layer's colours by its strength and width too. */
export const SELECTED = '#d4380d'
