#pragma once
/* Debian's libxml2 is built with ICU, so libxml/encoding.h would include <unicode/ucnv.h>, whose
   declarations clash with Foundation's own _FoundationICU module. That part is switched off. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/SAX2.h>
/* xmlFree is a global function pointer, which Swift 6 takes for shared mutable state. */
static inline void seedlot_xml_free(void *memory) { xmlFree(memory); }
