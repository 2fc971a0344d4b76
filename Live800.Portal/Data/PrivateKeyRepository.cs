using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Live800.Portal.Data;

/// <summary>Data-protection keys in the data folder (not in somebody's home), each file readable by the owner only.</summary>
internal sealed class PrivateKeyRepository(PortalFiles files, ILoggerFactory logs) : FileSystemXmlRepository(new DirectoryInfo(files.Keys), logs)
{
    public override void StoreElement(XElement element, string friendlyName)
    {
        base.StoreElement(element, friendlyName);
        foreach (var file in Directory.EnumerateFiles("*.xml")) PortalFiles.MakePrivate(file.FullName);
    }
}
