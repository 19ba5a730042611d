/** The options a target has taken, by choice id. A missing one is not known: nothing that hangs on it is predicted. */

export type Choices = { readonly [choice: string]: string | undefined };
