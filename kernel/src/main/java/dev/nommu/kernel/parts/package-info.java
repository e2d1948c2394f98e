/**
 * The parts of a kernel, and their composition by Guice. {@link dev.nommu.kernel.parts.PartsModule}
 * binds everything, {@link dev.nommu.kernel.parts.Parts} is what comes of it: suppliers, from which
 * machines are made without an injector.
 */
@NullMarked
package dev.nommu.kernel.parts;

import org.jspecify.annotations.NullMarked;
