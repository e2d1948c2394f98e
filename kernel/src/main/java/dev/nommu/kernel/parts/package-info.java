/**
 * The parts of a kernel, and their composition by Guice. {@link dev.nommu.kernel.parts.PartsModule}
 * binds everything; the result is {@link dev.nommu.kernel.parts.Parts}: suppliers that create
 * machines without an injector.
 */
@NullMarked
package dev.nommu.kernel.parts;

import org.jspecify.annotations.NullMarked;
