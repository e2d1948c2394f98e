/**
 * Which pages of RAM, and which addresses of devices, belong to a plugin.
 *
 * <p>Lock order: the monitor of {@link dev.nommu.kernel.pages.OwnedPages} is taken before that of
 * the allocator; nothing else is called while it is held but a sanitizer.
 */
@NullMarked
package dev.nommu.kernel.pages;

import org.jspecify.annotations.NullMarked;
